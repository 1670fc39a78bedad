package com.example.guardnested;

import android.app.Activity;

public class Main extends Activity { }
