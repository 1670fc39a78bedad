package com.example.guardunrelated;

import android.app.Activity;

public class Main extends Activity { }
