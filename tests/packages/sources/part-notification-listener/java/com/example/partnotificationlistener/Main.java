package com.example.partnotificationlistener;

import android.app.Activity;

public class Main extends Activity { }
