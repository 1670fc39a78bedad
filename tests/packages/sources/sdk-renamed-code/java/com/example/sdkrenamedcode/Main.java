package com.example.sdkrenamedcode;

import android.app.Activity;

public class Main extends Activity { }
